static long length_from(long n) {
    long length = 1;
    while (n != 1) {
        n = n % 2 == 0 ? n / 2 : 3 * n + 1;
        length++;
    }
    return length;
}

long longest_sequence(long below) {
    long longest = 0;
    for (long n = 1; n < below; n++) {
        long length = length_from(n);
        longest = length > longest ? length : longest;
    }
    return longest;
}
