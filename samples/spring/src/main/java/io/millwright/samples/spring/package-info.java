/**
 * A service of a press shop over REST, to copy from: the strength of parts, plans with their
 * progress, and a retraining by night.
 */
@NullMarked
package io.millwright.samples.spring;

import org.jspecify.annotations.NullMarked;
