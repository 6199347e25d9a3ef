/**
 * Predictive maintenance: how long a unit will live, and whether a machine is about to fail. The
 * facade of the plug-in: interfaces and records on the JDK and the Millwright API alone, under
 * semantic versioning. {@link io.millwright.maintenance.Maintenance} is the way in.
 */
@NullMarked
package io.millwright.maintenance;

import org.jspecify.annotations.NullMarked;
