/**
 * Long work and its handles: states, best so far, progress, cancelling, deadlines. Knows nothing of
 * what the work is. Internal: plug-ins start jobs through {@link io.millwright.api.spi.Jobs}.
 */
@NullMarked
package io.millwright.core.jobs;

import org.jspecify.annotations.NullMarked;
