/** What connectors share and nobody else may touch. Internal. */
@NullMarked
package io.millwright.connect.internal;

import org.jspecify.annotations.NullMarked;
