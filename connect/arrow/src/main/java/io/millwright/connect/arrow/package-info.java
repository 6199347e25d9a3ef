/**
 * Files of the Arrow IPC format (Feather version 2 among them) as tables, and tables as such files.
 * Public: {@link io.millwright.connect.arrow.ArrowFile} and {@link
 * io.millwright.connect.arrow.ArrowOutput}.
 */
@NullMarked
package io.millwright.connect.arrow;

import org.jspecify.annotations.NullMarked;
