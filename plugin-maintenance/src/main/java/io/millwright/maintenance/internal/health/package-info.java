/**
 * Health of machines: what normal operation looks like, watched by the shared room of monitoring.
 */
@NullMarked
package io.millwright.maintenance.internal.health;

import org.jspecify.annotations.NullMarked;
