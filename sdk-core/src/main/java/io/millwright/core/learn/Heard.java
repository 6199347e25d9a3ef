package io.millwright.core.learn;

/** A voice and what it says of the held-out items. */
record Heard(Voice voice, double[][] said) {}
