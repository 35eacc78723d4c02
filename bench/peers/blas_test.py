"""Tests of the detection of the BLAS: python3 -m unittest discover -s bench/peers -p '*_test.py'"""
import unittest

import blas


def maps(*paths):
    lines = [f"7f00{number:08x}-7f00{number + 1:08x} r-xp 00000000 fe:00 {number}    {path}" for number, path in enumerate(paths)]
    return "\n".join(["7f0000000000-7f0000000001 rw-p 00000000 00:00 0", *lines, "7ffd00000000-7ffd00000001 rw-p 00000000 00:00 0    [stack]"])


class BlasTest(unittest.TestCase):
    def test_the_reference_library_of_debian_is_refused(self):
        found = blas.libraries(maps("/usr/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0"))
        self.assertEqual({"/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0": "reference BLAS"}, found)
        self.assertTrue(blas.is_reference(found))

    def test_openblas_behind_the_same_name_is_not(self):
        found = blas.libraries(maps("/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3", "/usr/lib/x86_64-linux-gnu/openblas-pthread/libopenblasp-r0.3.21.so"))
        self.assertEqual({"OpenBLAS"}, set(found.values()))
        self.assertFalse(blas.is_reference(found))

    def test_a_reference_beside_another_library_is_still_refused(self):
        self.assertTrue(blas.is_reference(blas.libraries(maps("/opt/numpy.libs/libopenblas64_p-r0-0cf96a72.3.23.dev.so", "/usr/lib/libblas.so.3"))))

    def test_other_libraries_are_named(self):
        for path, kind in (
                ("/opt/conda/lib/libmkl_rt.so.2", "MKL"), ("/usr/lib/x86_64-linux-gnu/blis-pthread/libblas.so.3", "BLIS"), ("/usr/lib/libblis.so.4", "BLIS"),
                ("/usr/lib/x86_64-linux-gnu/atlas/libblas.so.3", "ATLAS"), ("/site-packages/numpy.libs/libscipy_openblas64_-ff651d7f.so", "OpenBLAS")):
            self.assertEqual([kind], list(blas.libraries(maps(path)).values()), path)

    def test_a_folder_called_after_a_library_is_not_the_library(self):
        self.assertEqual({}, blas.libraries(maps("/home/openblas/lib/libz.so.1", "/home/x/libblas.so.3.txt", "/usr/lib/libcblas.so.3")))


if __name__ == "__main__":
    unittest.main()
