package io.millwright.runtime.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millwright.api.ErrorCode;
import io.millwright.api.MillwrightException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir Path folder;

  private static KeyPair keys() throws NoSuchAlgorithmException {
    return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
  }

  private static byte[] random(int n, long key) {
    byte[] bytes = new byte[n];
    new Random(key).nextBytes(bytes);
    return bytes;
  }

  private static void assertRefused(Runnable call, ErrorCode code) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            MillwrightException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.getMessage()).contains("\nMaybe ");
            });
  }

  @Test
  void everyChangedByteOfASignedFileOrItsSignatureIsFound() throws Exception {
    KeyPair keys = keys();
    Path file = folder.resolve("press.mwb");
    byte[] content = random(250, 1);
    Files.write(file, content);
    FileSignature made =
        FileSignature.sign(file, keys.getPrivate(), keys.getPublic(), "QA, Halle 3 Ü", NOON);
    TrustedKeys trusted = TrustedKeys.of(keys.getPublic());
    assertThat(trusted.check(file)).isEqualTo(made);
    for (int i = 0; i < content.length; i++) {
      byte[] changed = content.clone();
      changed[i] ^= (byte) (1 + i % 255);
      Files.write(file, changed);
      assertRefused(() -> trusted.source(file), TrustedKeys.BAD_SIGNATURE);
    }
    Files.write(file, content);
    Path beside = FileSignature.beside(file);
    byte[] signature = Files.readAllBytes(beside);
    for (int i = 0; i < signature.length; i++) {
      for (int bit = i < signature.length - 8 ? i % 8 : 0;
          bit < 8;
          bit += i < signature.length - 8 ? 8 : 1) {
        byte[] changed = signature.clone();
        changed[i] ^= (byte) (1 << bit);
        Files.write(beside, changed);
        assertRefused(() -> trusted.source(file), TrustedKeys.BAD_SIGNATURE);
      }
      Files.write(beside, Arrays.copyOf(signature, i));
      assertRefused(() -> trusted.source(file), TrustedKeys.BAD_SIGNATURE);
    }
    Files.write(beside, signature);
    assertThat(trusted.check(file).signer()).isEqualTo("QA, Halle 3 Ü");
  }

  @Test
  void onlyTrustedKeysOpenAndKeysRotate() throws Exception {
    KeyPair old = keys();
    KeyPair fresh = keys();
    Path file = folder.resolve("a.mwb");
    Files.write(file, random(50, 2));
    assertRefused(() -> TrustedKeys.of(old.getPublic()).source(file), TrustedKeys.BAD_SIGNATURE);
    FileSignature.sign(file, fresh.getPrivate(), fresh.getPublic(), "new", NOON);
    assertRefused(() -> TrustedKeys.of(old.getPublic()).source(file), TrustedKeys.BAD_SIGNATURE);
    Path pem = folder.resolve("fresh.pem");
    Files.writeString(pem, TrustedKeys.pem(fresh.getPublic()));
    Path oldPem = folder.resolve("old.pem");
    Files.writeString(oldPem, TrustedKeys.pem(old.getPublic()));
    assertThat(TrustedKeys.files(List.of(oldPem, pem)).check(file).signer()).isEqualTo("new");
    assertRefused(
        () -> FileSignature.sign(file, old.getPrivate(), fresh.getPublic(), "x", NOON),
        ErrorCode.BAD_OPTION);
    Files.writeString(pem, "nonsense");
    assertRefused(() -> TrustedKeys.files(List.of(pem)), ErrorCode.BAD_FILE);
  }

  @Test
  void sealedFilesOpenWithTheirKeyAloneAndNoByteChanges() throws Exception {
    SecretKey key = new SecretKeySpec(random(32, 3), "AES");
    Path plain = folder.resolve("plain");
    Path sealed = folder.resolve("sealed");
    byte[] content = random(300, 4);
    Files.write(plain, content);
    SealedFile.seal(plain, sealed, key);
    assertThat(SealedFile.bytes(sealed, key)).isEqualTo(content);
    byte[] bytes = Files.readAllBytes(sealed);
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (1 + i % 255);
      Files.write(sealed, changed);
      assertRefused(() -> SealedFile.open(sealed, key), ErrorCode.BAD_FILE);
      Files.write(sealed, Arrays.copyOf(bytes, i));
      assertRefused(() -> SealedFile.open(sealed, key), ErrorCode.BAD_FILE);
    }
    Files.write(sealed, bytes);
    assertRefused(
        () -> SealedFile.open(sealed, new SecretKeySpec(random(32, 5), "AES")), ErrorCode.BAD_FILE);
    assertRefused(
        () -> SealedFile.seal(plain, sealed, new SecretKeySpec(random(16, 5), "AES")),
        ErrorCode.BAD_OPTION);
    for (int size : new int[] {0, 1 << 20, (1 << 20) + 1, 2 << 20}) {
      Files.write(plain, random(size, size));
      SealedFile.seal(plain, sealed, key);
      assertThat(SealedFile.bytes(sealed, key)).isEqualTo(random(size, size));
    }
    // A chunk that is cut off whole is missed by no one.
    byte[] two = Files.readAllBytes(sealed);
    Files.write(sealed, Arrays.copyOf(two, two.length - (1 << 20) - 16));
    assertRefused(() -> SealedFile.open(sealed, key), ErrorCode.BAD_FILE);
  }

  private AuditCheck log(int lines, long bytes) {
    try (AuditLog log = AuditLog.open(folder, CLOCK, bytes)) {
      for (int i = 0; i < lines; i++) {
        log.add("ann", "PROMOTED", "press", "version " + i);
      }
    }
    return AuditLog.verify(folder);
  }

  @Test
  void everyChangedByteOfAnAuditLogIsFoundInItsLine() throws IOException {
    AuditCheck whole = log(6, 600);
    assertThat(whole.whole()).isTrue();
    assertThat(whole.lines()).isEqualTo(6);
    List<Path> files = AuditReader.files(folder);
    assertThat(files).hasSizeGreaterThan(1);
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int line = 1;
      for (int i = 0; i < bytes.length; i++) {
        byte[] changed = bytes.clone();
        changed[i] ^= (byte) (1 + i % 255);
        Files.write(file, changed);
        AuditCheck check = AuditLog.verify(folder);
        assertThat(check.whole()).as("%s at %d", file.getFileName(), i).isFalse();
        assertThat(check.broken().get().file()).isEqualTo(file.getFileName().toString());
        assertThat(check.broken().get().line()).isEqualTo(line);
        line += bytes[i] == '\n' ? 1 : 0;
      }
      Files.write(file, bytes);
    }
    Path gone = files.get(0);
    Files.move(gone, folder.resolve("elsewhere"));
    assertThat(AuditLog.verify(folder).whole()).isFalse();
  }

  /** A change of one byte on disk, taken back afterwards. */
  private static void changed(Path file, long at, int by, Runnable seen) throws IOException {
    try (RandomAccessFile f = new RandomAccessFile(file.toFile(), "rw")) {
      f.seek(at);
      int was = f.read();
      f.seek(at);
      f.write(was ^ by);
      seen.run();
      f.seek(at);
      f.write(was);
    }
  }

  @Test
  @Tag("thorough")
  void tenThousandRandomChangesOfALargeSignedFileAreFound() throws Exception {
    KeyPair keys = keys();
    Path file = folder.resolve("large.mwb");
    int size = 500_000;
    Files.write(file, random(size, 6));
    FileSignature.sign(file, keys.getPrivate(), keys.getPublic(), "QA", NOON);
    TrustedKeys trusted = TrustedKeys.of(keys.getPublic());
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      changed(
          file,
          random.nextInt(size),
          1 + random.nextInt(255),
          () -> assertRefused(() -> trusted.check(file), TrustedKeys.BAD_SIGNATURE));
    }
    assertThat(trusted.check(file).signer()).isEqualTo("QA");
  }

  @Test
  @Tag("thorough")
  void tenThousandRandomChangesOfALargeAuditLogAreFoundInTheirFile() throws IOException {
    int lines = 500;
    assertThat(log(lines, 20_000).lines()).isEqualTo(lines);
    List<Path> files = AuditReader.files(folder);
    assertThat(files).hasSizeGreaterThan(3);
    Random random = new Random(8);
    for (int i = 0; i < 10_000; i++) {
      Path file = files.get(random.nextInt(files.size()));
      changed(
          file,
          random.nextInt((int) Files.size(file)),
          1 + random.nextInt(255),
          () ->
              assertThat(AuditLog.verify(folder).broken())
                  .hasValueSatisfying(
                      b -> assertThat(b.file()).isEqualTo(file.getFileName().toString())));
    }
    assertThat(AuditLog.verify(folder).whole()).isTrue();
  }

  @Test
  void aTornLineIsMendedAndTheChainGoesOn() throws IOException {
    AuditCheck before = log(3, 1 << 20);
    Path file = AuditReader.files(folder).get(0);
    Files.write(
        file,
        "{\"number\":4,\"at\"".getBytes(java.nio.charset.StandardCharsets.UTF_8),
        StandardOpenOption.APPEND);
    assertThat(AuditLog.verify(folder).whole()).isFalse();
    AuditCheck after = log(1, 1 << 20);
    assertThat(after.whole()).isTrue();
    List<AuditLine> lines = new ArrayList<>();
    AuditLog.read(folder, lines::add);
    assertThat(lines)
        .extracting(AuditLine::what)
        .containsExactly("PROMOTED", "PROMOTED", "PROMOTED", "MENDED", "PROMOTED");
    assertThat(before.lines()).isEqualTo(3);
    assertRefused(() -> AuditLog.verify(folder.resolve("none")), ErrorCode.IO_FAILED);
    try (AuditLog log = AuditLog.open(folder, CLOCK)) {
      assertThat(log.head()).isEqualTo(after.head());
      assertRefused(() -> AuditLog.open(folder, CLOCK), ErrorCode.IO_FAILED);
    }
  }

  @Test
  void aBrokenLogIsNotWrittenOn() throws IOException {
    log(3, 1 << 20);
    Path file = AuditReader.files(folder).get(0);
    Files.writeString(file, Files.readString(file).replace("version 1", "version 7"));
    assertRefused(() -> AuditLog.open(folder, CLOCK), ErrorCode.BAD_FILE);
  }
}
