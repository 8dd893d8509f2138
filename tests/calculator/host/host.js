// What a provider's page may do with the answers, and what the tests ask of the frame.
const told = [];
for (const type of ["ready", "outcome", "error"]) {
  addEventListener(`steunwijzer:${type}`, ({ detail }) => told.push([type, detail]));
}
