/**
 * Where the samples get fleets from: a simulated plant, so that everything runs without data from
 * outside, and the reader of NASA's turbofan files. Pure data out of pure functions; may be used by
 * every other room of the samples.
 */
@NullMarked
package io.millwright.samples.plant;

import org.jspecify.annotations.NullMarked;
