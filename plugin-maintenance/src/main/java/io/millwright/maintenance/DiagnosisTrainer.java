package io.millwright.maintenance;

import io.millwright.api.Trainer;
import java.util.List;

/**
 * Learns what faults sound like, from labelled recordings: a linear discriminant on the spectra of
 * windows. Deterministic, immutable and thread-safe.
 */
public interface DiagnosisTrainer extends Trainer<List<LabelledVibration>, DiagnosisModel> {}
