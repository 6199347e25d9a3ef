/** Commands about models: what a file holds, and models for other software. */
@NullMarked
package io.millwright.cli.model;

import org.jspecify.annotations.NullMarked;
