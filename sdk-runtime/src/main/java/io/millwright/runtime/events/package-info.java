/** Who listens to what happens in a host, and how it is told. Internal. */
@NullMarked
package io.millwright.runtime.events;

import org.jspecify.annotations.NullMarked;
