/**
 * What to learn and how, written as plain records: network, learning, split, preparation,
 * calibration, and the recipe that joins them; and the figures by which the result is judged.
 * Nothing here computes a gradient: a recipe is data that every engine can follow and every bundle
 * can carry. Every type here is under semantic versioning.
 */
@NullMarked
package io.millwright.api.learn;

import org.jspecify.annotations.NullMarked;
