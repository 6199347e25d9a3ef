/**
 * The front door: what a program that embeds Millwright compiles against. {@link
 * io.millwright.api.Millwright} opens everything; a {@link io.millwright.api.Predictor} answers, a
 * {@link io.millwright.api.Trainer} learns, an {@link io.millwright.api.Optimizer} decides; long
 * work is a {@link io.millwright.api.Job}. Depends on the JDK and JSpecify alone. Every type here
 * is under semantic versioning.
 */
@NullMarked
package io.millwright.api;

import org.jspecify.annotations.NullMarked;
