/** Plug-ins of others: what they need of the learning door, through public packages only. */
@NullMarked
package outside;

import org.jspecify.annotations.NullMarked;
