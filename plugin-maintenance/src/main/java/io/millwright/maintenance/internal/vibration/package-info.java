/**
 * Diagnosis by vibration: envelope spectra, geometry, and what was learnt of labelled recordings.
 */
@NullMarked
package io.millwright.maintenance.internal.vibration;

import org.jspecify.annotations.NullMarked;
