-- A workload for the Lua interpreter: recursion, string operations, tables and sorting, closures, coroutines, metatables,
-- pattern matching, errors caught by pcall, garbage collection. The argument scales it; 80 is about half a second.

local size = tonumber(arg[1]) or 24

local function fib(n)
    if n < 2 then return n end
    return fib(n - 1) + fib(n - 2)
end

local function random(seed)
    return function(limit)
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        return (seed >> 8) % limit
    end
end

print("fib", fib(16 + size // 8))

local next_number = random(42)
local numbers = {}
for i = 1, size * 2000 do numbers[i] = next_number(1000000) end
table.sort(numbers)
local sorted = true
for i = 2, #numbers do sorted = sorted and numbers[i - 1] <= numbers[i] end
table.sort(numbers, function(a, b) return a % 1000 < b % 1000 or (a % 1000 == b % 1000 and a > b) end)
print("sort", sorted, numbers[1], numbers[#numbers // 2], numbers[#numbers])

local words, counts = {}, {}
for i = 1, size * 400 do
    words[#words + 1] = string.char(97 + next_number(5), 97 + next_number(5), 97 + next_number(3))
end
local text = table.concat(words, " ")
for word in text:gmatch("%a+") do counts[word] = (counts[word] or 0) + 1 end
local keys = {}
for key in pairs(counts) do keys[#keys + 1] = key end
table.sort(keys)
print("words", #keys, counts[keys[1]], #text, (text:gsub("a(%a)", "%1a")):sub(1, 30), text:upper():find("BAC", 1, true))
print("format", ("%5.2f|%-8s|%08x|%q"):format(size / 3, "left", size * 7919, "a\nb"))

local Vector = {}
Vector.__index = Vector
function Vector.new(x, y) return setmetatable({ x = x, y = y }, Vector) end
function Vector.__add(a, b) return Vector.new(a.x + b.x, a.y + b.y) end
function Vector.__eq(a, b) return a.x == b.x and a.y == b.y end
function Vector:length() return math.sqrt(self.x ^ 2 + self.y ^ 2) end
local sum = Vector.new(0, 0)
for i = 1, size * 3000 do sum = sum + Vector.new(i % 7, -(i % 5)) end
print("vectors", sum.x, sum.y, ("%.6f"):format(sum:length()), sum == Vector.new(sum.x, sum.y))

local function permutations(list, n)
    if n == 0 then
        coroutine.yield(list)
    else
        for i = 1, n do
            list[n], list[i] = list[i], list[n]
            permutations(list, n - 1)
            list[n], list[i] = list[i], list[n]
        end
    end
end
local seen, checksum = 0, 0
for list in coroutine.wrap(function() permutations({ 1, 2, 3, 4, 5, 6, 7 }, 7) end) do
    seen = seen + 1
    checksum = (checksum * 31 + list[1] * 10 + list[7]) % 1000003
end
print("permutations", seen, checksum)

local caught = 0
for i = 1, size * 500 do
    local ok, message = pcall(function()
        if i % 3 == 0 then error({ code = i }) end
        if i % 3 == 1 then local t = nil; return t.field end
        return i
    end)
    if not ok then caught = caught + (type(message) == "table" and message.code or #message) end
end
print("caught", caught)

local weak = setmetatable({}, { __mode = "k" })
local finalised = 0
for i = 1, size * 300 do
    local object = setmetatable({ i, { i } }, { __gc = function() finalised = finalised + 1 end })
    weak[object] = i
end
collectgarbage()
collectgarbage()
print("collected", next(weak) == nil, finalised)

local n, sieve, primes = size * 4000, {}, 0
for i = 2, n do
    if not sieve[i] then
        primes = primes + 1
        for j = i * i, n, i do sieve[j] = true end
    end
end
print("primes", primes, utf8.char(228, 8364), string.pack("<i4", 77):byte(1, -1))
os.exit(23)
