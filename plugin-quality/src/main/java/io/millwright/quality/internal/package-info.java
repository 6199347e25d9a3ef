/** What stands behind the facade of the quality plug-in. Internal: may change in any release. */
@NullMarked
package io.millwright.quality.internal;

import org.jspecify.annotations.NullMarked;
