/** The states of components from labelled sequences. Reached by {@link StateRooms} only. */
@NullMarked
package io.millwright.maintenance.internal.state;

import org.jspecify.annotations.NullMarked;
