/** The load of the next periods: features, linear models, networks, calibration. Internal. */
@NullMarked
package io.millwright.production.internal.load;

import org.jspecify.annotations.NullMarked;
