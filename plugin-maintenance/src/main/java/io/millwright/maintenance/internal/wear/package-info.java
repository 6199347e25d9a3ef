/**
 * Remaining life where too few units failed for a network: by the path of their wear. Reached by
 * {@link WearRooms} only.
 */
@NullMarked
package io.millwright.maintenance.internal.wear;

import org.jspecify.annotations.NullMarked;
