package dev.refrain.gpuworkers.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class TorchArchiveTest {
  /**
   * {@code data.pkl} of {@code torch.save(torch.arange(6.).reshape(2, 3), file)}, PyTorch 2.6.0.
   */
  private static final String SAVED_BY_TORCH =
      "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\nq\u0000((X\u0007\0\0\0storageq\u0001"
          + "ctorch\nFloatStorage\nq\u0002X\u0001\0\0\0000q\u0003X\u0003\0\0\0cpuq\u0004K\u0006"
          + "tq\u0005QK\0K\u0002K\u0003\u0086q\u0006K\u0003K\u0001\u0086q\u0007\u0089"
          + "ccollections\nOrderedDict\nq\u0008)Rq\ttq\nRq\u000b.";

  @Test
  void savesAMatrixAsTorchDoes() throws IOException {
    Map<String, byte[]> entries = entries(TorchArchive.matrix(new float[] {0, 1, 2, 3, 4, 5}, 3));

    assertThat(entries)
        .containsOnlyKeys(
            "archive/data.pkl", "archive/byteorder", "archive/data/0", "archive/version");
    assertThat(entries.get("archive/data.pkl")).isEqualTo(withoutMemo(SAVED_BY_TORCH));
    assertThat(entries.get("archive/data/0"))
        .asHexString()
        .isEqualTo("000000000000803F0000004000004040000080400000A040");
    assertThat(entries.get("archive/version")).asString().isEqualTo("3\n");
  }

  /**
   * Without what the pickle remembers and never asks for, and with all whole numbers of 4 bytes.
   */
  private static byte[] withoutMemo(String pickle) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] bytes = pickle.getBytes(ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 'q') {
        i++;
      } else if (bytes[i] == 'K') {
        i++;
        plain.writeBytes(new byte[] {'J', bytes[i], 0, 0, 0});
      } else {
        plain.write(bytes[i]);
      }
    }
    return plain.toByteArray();
  }

  private static Map<String, byte[]> entries(byte[] archive) throws IOException {
    Map<String, byte[]> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }
}
