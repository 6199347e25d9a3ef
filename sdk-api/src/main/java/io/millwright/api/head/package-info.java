/**
 * Heads: what the outputs of a network mean. A {@link io.millwright.api.head.Head} says which
 * outputs a network has, how a label becomes what they should say, which loss compares both, how
 * uncertainty is measured, by which figures a model is judged, and how outputs become an answer.
 * {@link io.millwright.api.head.Heads} lists the known ones; plug-ins may add their own.
 */
@NullMarked
package io.millwright.api.head;

import org.jspecify.annotations.NullMarked;
