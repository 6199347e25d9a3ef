/** What links of a chain lose by not telling each other, and forecasts merged. Internal. */
@NullMarked
package io.millwright.supplychain.internal.coordination;

import org.jspecify.annotations.NullMarked;
