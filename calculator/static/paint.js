// Does nothing. A browser that waits for it paints what stands above it, the answer, before it lays out the rest.
