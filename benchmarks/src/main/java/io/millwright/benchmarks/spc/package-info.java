/** Control charts: run lengths against published tables, readings per second, memory. */
@NullMarked
package io.millwright.benchmarks.spc;

import org.jspecify.annotations.NullMarked;
