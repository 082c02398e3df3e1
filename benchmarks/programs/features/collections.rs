//! Generics, trait objects, iterators and collections: hash maps, B-trees, heaps, linked lists, strings, slices,
//! closures in boxes, operator traits, const generics, enums with data, pattern matching, lifetimes, sorting.

use std::borrow::Cow;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::fmt::{self, Debug, Display};
use std::ops::{Add, Index, Mul};

trait Shape {
    fn area(&self) -> f64;
    fn name(&self) -> Cow<'_, str> {
        Cow::Borrowed("shape")
    }
}

struct Circle(f64);
struct Polygon<const N: usize> {
    sides: [f64; N],
}

impl Shape for Circle {
    fn area(&self) -> f64 {
        std::f64::consts::PI * self.0.powi(2)
    }
}

impl<const N: usize> Shape for Polygon<N> {
    fn area(&self) -> f64 {
        self.sides.iter().map(|side| side * side).sum::<f64>() / N as f64
    }
    fn name(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{N}-gon"))
    }
}

#[derive(Clone, Copy, PartialEq, PartialOrd, Debug, Default)]
struct Matrix<T, const R: usize, const C: usize>([[T; C]; R])
where
    [[T; C]; R]: Default;

#[derive(Debug, Clone, PartialEq)]
enum Expression {
    Number(i64),
    Name(String),
    Sum(Box<Expression>, Box<Expression>),
    Product(Vec<Expression>),
    Negative(Box<Expression>),
}

impl Expression {
    fn value(&self, names: &HashMap<&str, i64>) -> Option<i64> {
        use Expression::*;
        Some(match self {
            Number(n) => *n,
            Name(name) => *names.get(name.as_str())?,
            Sum(a, b) => a.value(names)?.checked_add(b.value(names)?)?,
            Product(factors) => factors.iter().try_fold(1i64, |product, f| product.checked_mul(f.value(names)?))?,
            Negative(inner) => -inner.value(names)?,
        })
    }
}

impl Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expression::Number(n) if *n < 0 => write!(f, "({n})"),
            Expression::Number(n) => write!(f, "{n}"),
            Expression::Name(name) => f.write_str(name),
            Expression::Sum(a, b) => write!(f, "{a} + {b}"),
            Expression::Product(factors) => {
                for (i, factor) in factors.iter().enumerate() {
                    if i > 0 {
                        f.write_str(" * ")?;
                    }
                    write!(f, "[{factor}]")?;
                }
                Ok(())
            }
            Expression::Negative(inner) => write!(f, "-{inner:?}"),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Vector {
    x: f32,
    y: f32,
}

impl Add for Vector {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Vector { x: self.x + other.x, y: self.y + other.y }
    }
}

impl Mul<f32> for Vector {
    type Output = Self;
    fn mul(self, by: f32) -> Self {
        Vector { x: self.x * by, y: self.y * by }
    }
}

struct Grid<T> {
    width: usize,
    cells: Vec<T>,
}

impl<T> Index<(usize, usize)> for Grid<T> {
    type Output = T;
    fn index(&self, (x, y): (usize, usize)) -> &T {
        &self.cells[y * self.width + x]
    }
}

fn longest<'a>(words: &[&'a str]) -> Option<&'a str> {
    words.iter().copied().max_by_key(|word| word.chars().count())
}

fn compose<A, B, C>(f: impl Fn(A) -> B, g: impl Fn(B) -> C) -> impl Fn(A) -> C {
    move |x| g(f(x))
}

fn describe<T: Debug + ?Sized>(value: &T) -> usize {
    format!("{value:#?}").lines().count()
}

fn main() {
    let shapes: Vec<Box<dyn Shape>> = vec![Box::new(Circle(2.0)), Box::new(Polygon { sides: [1.0, 2.0, 3.0] }), Box::new(Polygon { sides: [4.0; 4] })];
    for shape in &shapes {
        println!("{:>8} {:8.3}", shape.name(), shape.area());
    }
    let text = "the quick brown fox jumps over the lazy dog and the cat größer";
    let mut counts: BTreeMap<char, usize> = BTreeMap::new();
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        *counts.entry(c).or_default() += 1;
    }
    let mut by_count: Vec<_> = counts.iter().map(|(c, n)| (*n, *c)).collect();
    by_count.sort_unstable_by(|a, b| b.cmp(a));
    println!("{:?} {:?}", &by_count[..5], longest(&text.split_whitespace().collect::<Vec<_>>()));

    let names = HashMap::from([("a", 6), ("b", -7)]);
    use Expression::*;
    let expression = Sum(Box::new(Product(vec![Name("a".into()), Number(-3), Name("b".into())])), Box::new(Negative(Box::new(Number(26)))));
    println!("{expression} = {:?} {:?}", expression.value(&names), Name("c".into()).value(&names));

    let mut heap: BinaryHeap<(u32, &str)> = text.split(' ').map(|word| (word.len() as u32, word)).collect();
    let queue: VecDeque<_> = std::iter::from_fn(|| heap.pop()).take(4).collect();
    let list: LinkedList<u8> = text.bytes().rev().step_by(7).collect();
    let set: HashSet<u8> = list.iter().copied().collect();
    println!("{queue:?} {} {}", list.len(), set.len());

    let path = (1..=10).map(|i| Vector { x: i as f32, y: 0.5 } * 1.5).fold(Vector { x: 0.0, y: 0.0 }, |a, b| a + b);
    let grid = Grid { width: 3, cells: (0..9u64).map(|n| n.pow(3)).collect() };
    let f = compose(|x: i32| x + 1, |y: i32| format!("<{y}>"));
    let steps: Vec<Box<dyn FnMut(u32) -> u32>> = vec![Box::new(|x| x + 1), Box::new(|x| x.rotate_left(5)), Box::new(|x| x.count_ones())];
    let folded = steps.into_iter().fold(77, |x, mut step| step(x));
    println!("{path:?} {} {} {folded} {}", grid[(2, 1)], f(4), describe(&Matrix::<u8, 2, 3>::default()));
}
