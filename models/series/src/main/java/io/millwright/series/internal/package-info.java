/**
 * The inside of the series model: how a history is laid out for the network and read back. Shared
 * with the program that trains the network; everybody else keeps to the facade.
 */
@NullMarked
package io.millwright.series.internal;

import org.jspecify.annotations.NullMarked;
