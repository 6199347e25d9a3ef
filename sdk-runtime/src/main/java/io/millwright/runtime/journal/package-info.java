/**
 * Journals of predictions: what a model was asked and said is kept in append-only segments of a
 * folder or in a storage of the host's, truths are added later by id, and a person can be erased.
 * Recording never keeps a prediction waiting. Public: hosts and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.journal;

import org.jspecify.annotations.NullMarked;
