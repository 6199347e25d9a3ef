/**
 * What stands behind the facade of the maintenance plug-in. Internal: may change in any release.
 */
@NullMarked
package io.millwright.maintenance.internal;

import org.jspecify.annotations.NullMarked;
