package io.millwright.quality;

/**
 * What decisions about parts cost, for a part on the average (expected and realised cost).
 *
 * @param expected by the probabilities that the decisions were taken from
 * @param realised by the truth, with an interval of what it costs on the long run: from the exact
 *     intervals (Clopper and Pearson 1934) of the shares of escapes, false rejects and looks,
 *     joined by Bonferroni, so that it is rather too wide; parts of one lot tell less than it takes
 *     them to tell
 */
public record PaidCosts(double expected, Span realised) {}
