/**
 * Small programs to run and to copy from. Each shows one way of using the SDK with nothing around
 * it; the README's example is one of them.
 */
@NullMarked
package io.millwright.samples.programs;

import org.jspecify.annotations.NullMarked;
