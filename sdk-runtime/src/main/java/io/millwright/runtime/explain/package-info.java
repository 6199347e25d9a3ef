/**
 * Explanations of any predictor (explainable AI): Shapley values, permutation importance, local
 * linear models, partial dependence, counterfactuals and surrogate trees, each with what it cost
 * and how sure it is. Everything asks the predictor alone, so it works for models of tables,
 * histories, texts and images, ours or a plug-in's. Public: hosts and plug-ins may use it.
 */
@NullMarked
package io.millwright.runtime.explain;

import org.jspecify.annotations.NullMarked;
