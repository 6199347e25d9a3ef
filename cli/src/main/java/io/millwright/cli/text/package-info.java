/**
 * Commands on texts: classes and entities of texts, answers from passages, tools for assistants.
 */
@NullMarked
package io.millwright.cli.text;

import org.jspecify.annotations.NullMarked;
