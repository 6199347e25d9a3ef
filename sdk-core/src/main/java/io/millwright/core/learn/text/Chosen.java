package io.millwright.core.learn.text;

import io.millwright.runtime.text.TextVoice;
import java.util.function.Supplier;

/**
 * A model that was kept, with what it said of held-out texts.
 *
 * @param heard what it said
 * @param whole fits it to all texts, its sharpness included
 * @param <I> one input
 */
record Chosen<I>(Heard heard, Supplier<TextVoice<I>> whole) {}
