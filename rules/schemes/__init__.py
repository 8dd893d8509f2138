"""The schemes, a module each, in the order of the law's text."""

from rules.schemes import kmo_portefeuille, kmo_portefeuille_increase, werkbaarheidscheque

SCHEMES = {
    module.SCHEME.id: module.SCHEME
    for module in (kmo_portefeuille, kmo_portefeuille_increase, werkbaarheidscheque)
}
