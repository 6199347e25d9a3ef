/**
 * Outcomes, findings, models and tables as JSON by Jackson. Optional: a host that answers JSON
 * registers {@link io.millwright.integration.jackson.MillwrightJson}, or with Jackson 3 {@link
 * io.millwright.integration.jackson.MillwrightJson3}; nothing else needs it.
 */
@NullMarked
package io.millwright.integration.jackson;

import org.jspecify.annotations.NullMarked;
