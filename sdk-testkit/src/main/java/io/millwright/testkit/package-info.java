/**
 * Contracts that plug-ins prove by extending them: each class here is an abstract JUnit Jupiter
 * test whose methods hold for every predictor, monitor, trainer, optimizer or plug-in. A subclass
 * says how to get the thing and what to ask it; everything else is inherited. Every type here is
 * under semantic versioning; a later minor version may add tests, never new abstract methods.
 */
@NullMarked
package io.millwright.testkit;

import org.jspecify.annotations.NullMarked;
