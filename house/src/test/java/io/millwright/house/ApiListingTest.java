package io.millwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public API is a committed text, so that a reviewer sees its surface change in the same
 * commit. Run with {@code -Dapi.update=true} to write it anew.
 */
class ApiListingTest {
  private static final JavaClasses HOUSE = House.classes();

  static Set<String> modules() {
    return House.PUBLIC_PACKAGES.keySet();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void theListingIsUpToDate(String module) throws IOException {
    List<String> packages = House.PUBLIC_PACKAGES.getOrDefault(module, List.of());
    List<Class<?>> types =
        HOUSE.stream()
            .filter(type -> packages.contains(type.getPackageName()))
            .sorted(Comparator.comparing(JavaClass::getName))
            .<Class<?>>map(JavaClass::reflect)
            .toList();
    String actual = ApiListing.of(module, types);
    Path listing = House.root().resolve("docs/api/" + listing(module) + ".txt");
    if (Boolean.getBoolean("api.update")) {
      Files.createDirectories(listing.getParent());
      Files.writeString(listing, actual);
    }
    String committed = Files.exists(listing) ? Files.readString(listing) : "";
    assertThat(actual.lines().toList())
        .as(
            "the public API of %s against docs/api/%s.txt; when the change is meant, run the build"
                + " with -Dapi.update=true and commit the text",
            module, listing(module))
        .containsExactlyElementsOf(committed.lines().toList());
  }

  private static String listing(String module) {
    return module.replace('/', '-');
  }
}
