/** The master plan: a strengthened mixed-integer program and its improvement. Internal. */
@NullMarked
package io.millwright.production.internal.planning;

import org.jspecify.annotations.NullMarked;
