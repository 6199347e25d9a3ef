/**
 * The facade of the sample plug-in: what a press should use of energy for one stroke. Interfaces
 * and records of the JDK and of {@code millwright-api} only; everything else is in {@code
 * internal}.
 */
@NullMarked
package io.millwright.sample.press;

import org.jspecify.annotations.NullMarked;
