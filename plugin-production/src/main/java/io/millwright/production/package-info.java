/**
 * Production: where a line is held up, what it will carry, and how to divide the work. The facade
 * of the plug-in: interfaces and records on the JDK and the Millwright API alone, under semantic
 * versioning. {@link io.millwright.production.Production} is the way in.
 */
@NullMarked
package io.millwright.production;

import org.jspecify.annotations.NullMarked;
