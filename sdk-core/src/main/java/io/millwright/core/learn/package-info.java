/**
 * The learning loop, written once for all engines: how samples become rows and parts, how weights
 * change, when to stop, how members are judged, calibrated and joined into a model. Engines are
 * seen only through {@link io.millwright.runtime.network.TrainingSession}. Internal.
 */
@NullMarked
package io.millwright.core.learn;

import org.jspecify.annotations.NullMarked;
