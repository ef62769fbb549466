package web

// Burst is how many requests a source may make at once, for the tests.
const Burst = burst
