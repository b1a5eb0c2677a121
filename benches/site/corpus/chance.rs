//! Chance that is the same on every machine and in every version of every crate: SplitMix64, and draws by weight.

/// A stream of numbers that only its seed decides (SplitMix64: Steele, Lea, Flood, OOPSLA 2014).
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// The stream of a seed and of what it is drawn for; streams of other purposes or numbers have nothing in common.
    pub fn of(seed: u64, purpose: u64, number: u64) -> Self {
        let mut chance = Self { state: seed ^ purpose.rotate_left(32) ^ 0x5851_f42d_4c95_7f2d };
        chance.state = chance.next() ^ number.wrapping_mul(0xda94_2042_e4dd_58b5);
        chance.next();
        chance
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to and without 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A whole number from `least` up to and with `most`.
    pub fn within(&mut self, least: u64, most: u64) -> u64 {
        let span = most - least + 1;
        // The high half of a product: no division, and no bias that a corpus of this size could show.
        least + ((u128::from(self.next()) * u128::from(span)) >> 64) as u64
    }

    /// True that often.
    pub fn is(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of them, each as likely as the others. They must not be none.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.within(0, of.len() as u64 - 1) as usize]
    }

    /// A number of the standard normal distribution (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

/// Draws by weight in constant time (the alias method: Walker 1974, Vose 1991).
#[derive(Debug, Clone)]
pub struct Weighted {
    keep: Vec<f64>,
    alias: Vec<usize>,
}

impl Weighted {
    /// Of as many things as there are weights. They must not be none, and not all zero.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Self {
        let weights: Vec<f64> = weights.into_iter().collect();
        let count = weights.len();
        let mean = weights.iter().sum::<f64>() / count as f64;
        let mut keep: Vec<f64> = weights.iter().map(|weight| weight / mean).collect();
        let mut alias: Vec<usize> = (0..count).collect();
        let (mut small, mut large): (Vec<usize>, Vec<usize>) = (0..count).partition(|place| keep[*place] < 1.0);
        while let (Some(less), Some(more)) = (small.pop(), large.pop()) {
            alias[less] = more;
            keep[more] -= 1.0 - keep[less];
            if keep[more] < 1.0 { small.push(more) } else { large.push(more) }
        }
        for place in small.into_iter().chain(large) {
            keep[place] = 1.0;
        }
        Self { keep, alias }
    }

    /// By rank: the `r`th from 0 weighs 1/(r + offset)^exponent (Mandelbrot's form of Zipf's law).
    pub fn zipf(count: usize, offset: f64, exponent: f64) -> Self {
        Self::new((0..count).map(|rank| (rank as f64 + offset).powf(-exponent)))
    }

    /// The place of one of them.
    pub fn draw(&self, chance: &mut Chance) -> usize {
        let place = chance.within(0, self.keep.len() as u64 - 1) as usize;
        if chance.unit() < self.keep[place] { place } else { self.alias[place] }
    }
}
