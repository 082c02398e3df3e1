static int is_prime(int n) {
    for (int divisor = 2; divisor * divisor <= n; divisor++) {
        if (n % divisor == 0) {
            return 0;
        }
    }
    return n > 1;
}

int count_primes(int below) {
    int count = 0;
    for (int n = 0; n < below; n++) {
        count += is_prime(n);
    }
    return count;
}
