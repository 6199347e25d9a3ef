/**
 * Texts as a data kind: normalisation, words, n-grams with tf-idf, and the models on them, in plain
 * Java and without a search library. Public for the full host, which trains what is opened here;
 * plug-ins use the interfaces of {@code io.millwright.api.text}.
 */
@NullMarked
package io.millwright.runtime.text;

import org.jspecify.annotations.NullMarked;
