/** Who listens to what happens in a host, and how it is told. Internal. */
@NullMarked
package io.millwright.core.events;

import org.jspecify.annotations.NullMarked;
