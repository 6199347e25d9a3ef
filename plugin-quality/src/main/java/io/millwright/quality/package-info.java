/**
 * Quality: defects seen on images, and processes watched by control charts. The facade of the
 * plug-in: interfaces and records on the JDK and the Millwright API alone, under semantic
 * versioning. {@link io.millwright.quality.Quality} is the way in.
 */
@NullMarked
package io.millwright.quality;

import org.jspecify.annotations.NullMarked;
