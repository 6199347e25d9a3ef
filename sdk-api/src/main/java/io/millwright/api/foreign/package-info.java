/**
 * Networks of others: what a model file that was trained elsewhere holds ({@link
 * io.millwright.api.foreign.ForeignFile}), the network ready to compute with any of its inner
 * tensors as outputs ({@link io.millwright.api.foreign.ForeignNetwork}), and how a frozen image
 * network becomes features ({@link io.millwright.api.foreign.Backbone}). The way in is {@link
 * io.millwright.api.ModelExchange}. Every type here is under semantic versioning.
 */
@NullMarked
package io.millwright.api.foreign;

import org.jspecify.annotations.NullMarked;
