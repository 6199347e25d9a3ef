/** The pages of the areas' commands, built with the kit of the reports. Internal. */
@NullMarked
package io.millwright.cli.pages;

import org.jspecify.annotations.NullMarked;
