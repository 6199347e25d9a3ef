/**
 * Commands of quality: inspection of images, control charts, gauge studies, acceptance sampling,
 * causes.
 */
@NullMarked
package io.millwright.cli.quality;

import org.jspecify.annotations.NullMarked;
