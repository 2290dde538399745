// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/demo/painter/stilllife.h"

#include <cmath>

namespace gesso::demo {

namespace {

constexpr float edge = 0.0016F;

struct Room {
    unsigned wall, cloth, glaze, light, shade;
};
constexpr Room rooms[] = {
    {0x5E7A78, 0xD9C8A8, 0x2F5F8A, 0xFFF0D2, 0x4A5268}, {0x7A5A50, 0xC9B28C, 0xE8E0D0, 0xFFE6C0, 0x4A3A48},
    {0x44546E, 0xB98A5A, 0xD89A4A, 0xFFEBCB, 0x2E3550}, {0x8A8A6A, 0xE6DCC6, 0x5A8A78, 0xFFF4DA, 0x5A5A5E},
    {0x6E4A5E, 0xD8B8A8, 0xF0E4D4, 0xFFE4CC, 0x45334A},
};

struct Fruit {
    unsigned skin, blush;
    float radius;
    bool hasStalk;
};
constexpr Fruit fruits[] = {{0xC0392B, 0xE8B04A, 0.085F, true}, {0xE9952F, 0xF2B95A, 0.080F, false},
                            {0xB9BF4A, 0xD98A4A, 0.088F, true}, {0xE9C93F, 0xF3E08A, 0.068F, false},
                            {0x7A3A5E, 0xA85A6E, 0.060F, true}, {0xD96A5A, 0xF0B87A, 0.076F, true}};
constexpr unsigned petals[] = {0xF3E9E4, 0xE06A72, 0xF0B84A, 0xB78AD0, 0xEF9AA8, 0xF7D8B0, 0x7FA0D8};

} // namespace

StillLife::StillLife(const SceneBrief& brief, float aspect)
    : m_noise(brief.seed ^ 0x5711ULL)
{
    Random random(brief.seed ^ 0xF2117ULL);
    const Room room = rooms[random.next() % std::size(rooms)];
    const bool isDark = brief.daytime == Daytime::Night || brief.daytime == Daytime::Dusk;
    m_wall = fromHex(room.wall) * (isDark ? 0.62F : 1.0F);
    m_cloth = fromHex(room.cloth);
    m_glaze = fromHex(room.glaze);
    m_light = isDark ? fromHex(0xFFD9A0) : fromHex(room.light);
    m_shade = fromHex(room.shade) * (isDark ? 0.75F : 1.0F);
    m_edge = random.between(0.60F, 0.66F);
    m_vaseX = aspect * random.between(0.52F, 0.64F);
    m_vaseFoot = random.between(0.79F, 0.83F);
    m_vaseHeight = random.between(0.34F, 0.40F);

    const int count = brief.hasFruit ? 5 + static_cast<int>(random.next() % 3U) : 2;
    for (int i = 0; i < count; ++i) {
        const Fruit fruit = fruits[random.next() % std::size(fruits)];
        const float along = (static_cast<float>(i) + random.between(0.2F, 0.8F)) / static_cast<float>(count);
        const float radius = fruit.radius * random.between(0.9F, 1.1F);
        const float x = aspect * (0.10F + 0.80F * along);
        const bool isBehindVase = std::abs(x - m_vaseX) < 0.13F;
        const float y =
            (isBehindVase ? m_vaseFoot + 0.06F : random.between(m_edge + 0.12F, 0.87F)) - radius * 0.35F;
        m_fruit.push_back({x, y, radius, fromHex(fruit.skin), fromHex(fruit.blush), fruit.hasStalk});
    }
    std::sort(m_fruit.begin(), m_fruit.end(),
              [](const Ball& a, const Ball& b) { return a.y + a.radius < b.y + b.radius; });

    const float mouth = m_vaseFoot - m_vaseHeight;
    const unsigned favourite = petals[random.next() % std::size(petals)];
    for (int i = 0; i < 13; ++i) {
        const float angle = random.between(-1.25F, 1.25F);
        const float reach = random.between(0.07F, 0.25F);
        const unsigned petal = random.chance(0.55F) ? favourite : petals[random.next() % std::size(petals)];
        m_blooms.push_back({m_vaseX + std::sin(angle) * reach, mouth - 0.03F - std::cos(angle) * reach,
                            random.between(0.030F, 0.058F), fromHex(petal), random.between(0.0F, 6.28F),
                            5 + static_cast<int>(random.next() % 4U)});
    }
}

Colour StillLife::wall(float x, float y) const
{
    // Window light falls in from the upper left.
    const float beam = smoothStep(0.16F, 0.0F, std::abs(x * 0.75F + y - 0.52F) - 0.20F);
    const float plaster = 0.06F * m_noise.fractal(x * 7, y * 7, 5);
    Colour colour = m_wall * (0.80F + plaster + 0.24F * (1 - y));
    colour = mix(colour, m_light * (0.9F + plaster), 0.16F + 0.20F * beam * (1 - y));
    return mix(colour, m_shade, 0.35F * smoothStep(0.5F, 1.3F, x));
}

Colour StillLife::table(float x, float y) const
{
    const float depth = (y - m_edge) / (1 - m_edge);
    const float fold = m_noise.fractal(x * 3.2F + depth * 0.6F, depth * 1.3F, 3);
    const float crease = m_noise.fractal((x + 0.02F) * 3.2F + depth * 0.6F, depth * 1.3F + 0.03F, 3);
    const float weave = 0.02F * m_noise.at(x * 260, y * 260);
    const float lit = std::clamp(0.80F + (fold - crease) * 3.4F + weave - 0.18F * x, 0.25F, 1.15F);
    Colour colour = m_cloth * mix(m_shade * 1.15F, m_light, lit);
    // A woven border.
    const float stripe = smoothStep(0.006F, 0.002F, std::abs(y - m_edge - 0.315F - 0.012F * fold));
    return mix(colour, m_glaze * mix(m_shade, m_light, lit), 0.55F * stripe);
}

float StillLife::vaseHalfWidth(float t) const
{
    const float belly = 0.088F * std::sqrt(std::max(std::sin(std::pow(t, 0.72F) * 3.05F), 0.0F));
    const float neck = 0.032F + 0.022F * smoothStep(0.86F, 1.0F, t);
    return std::max(t < 0.72F ? belly : std::min(belly, 0.088F), smoothStep(0.55F, 0.80F, t) * neck + 0.020F);
}

Colour StillLife::overVase(const Colour& behind, float x, float y) const
{
    const float t = (m_vaseFoot - y) / m_vaseHeight;
    const float dx = x - m_vaseX;
    if (t < -0.02F || t > 1.02F || std::abs(dx) > 0.12F) {
        return behind;
    }
    const float half = vaseHalfWidth(std::clamp(t, 0.0F, 1.0F));
    const float cover = smoothStep(half + edge, half - edge, std::abs(dx))
        * smoothStep(-0.004F, 0.004F, t + 0.02F * std::cos(dx / half * 1.4F)) * smoothStep(1.004F, 0.996F, t);
    const float side = std::clamp(dx / half, -1.0F, 1.0F);
    const float facing = std::clamp(0.55F - 0.52F * side - 0.25F * side * side, 0.0F, 1.0F);
    const float brushwork = m_noise.fractal(std::asin(side) * 3.0F, t * 9, 4);
    Colour glaze = mix(m_glaze, fromHex(0xF4EFE2),
                       smoothStep(0.16F, 0.26F, brushwork) * smoothStep(0.15F, 0.25F, t)
                           * smoothStep(0.75F, 0.62F, t) * 0.85F);
    glaze = glaze * (std::abs(t - 0.80F) < 0.012F || std::abs(t - 0.10F) < 0.010F ? 0.62F : 1.0F);
    Colour colour = glaze * mix(m_shade * 0.75F, m_light * 1.04F, facing);
    const float highlight = std::exp(-std::pow((side + 0.45F) * 6.0F, 2.0F))
        * (0.35F + 0.65F * std::exp(-std::pow((t - 0.46F) * 4.2F, 2.0F)));
    colour = colour + m_light * (0.50F * highlight);
    colour = mix(colour, m_cloth * m_light * 0.8F,
                 0.22F * smoothStep(0.55F, 1.0F, side)); // light thrown back by the cloth
    return mix(behind, colour, cover);
}

Colour StillLife::overBall(const Colour& behind, const Ball& ball, float x, float y) const
{
    const float dx = (x - ball.x) / ball.radius;
    const float dy = (y - ball.y) / (ball.radius * 0.96F);
    const float d2 = dx * dx + dy * dy;
    Colour colour = behind;
    if (ball.hasStalk && std::abs(dx - 0.05F + 0.25F * (dy + 1)) < 0.05F && dy > -1.42F && dy < -0.78F) {
        colour = fromHex(0x5A4028) * m_light;
    }
    if (d2 > 1.06F) {
        return colour;
    }
    const float dz = std::sqrt(std::max(1 - d2, 0.0F));
    const float facing = std::clamp(-0.50F * dx - 0.52F * dy + 0.69F * dz, 0.0F, 1.0F);
    const float mottle = m_noise.fractal((std::atan2(dx, dz) + ball.x * 9) * 3.0F, dy * 1.3F + ball.y * 9, 4);
    Colour skin = mix(ball.skin, ball.blush, smoothStep(-0.25F, 0.55F, mottle - 0.45F * dy - 0.35F * dx));
    skin = skin * (1.0F + 0.10F * mottle);
    const float dimple = ball.hasStalk ? smoothStep(0.0F, 0.32F, std::hypot(dx, (dy + 0.82F) * 1.6F)) : 1.0F;
    Colour lit = skin * mix(m_shade * 0.55F, m_light * 1.10F, smoothStep(0.0F, 0.95F, facing))
        * (0.70F + 0.30F * dimple);
    const float glint = std::exp(-(std::pow(dx + 0.36F, 2.0F) + std::pow(dy + 0.40F, 2.0F)) * 26.0F);
    lit = lit + m_light * (0.55F * glint);
    lit = lit + m_cloth * (0.20F * smoothStep(0.35F, 1.0F, dy) * (1 - dz));
    return mix(colour, lit, smoothStep(1.0F + 0.02F, 1.0F - 0.03F, d2));
}

Colour StillLife::overBloom(const Colour& behind, const Bloom& bloom, float x, float y) const
{
    const float dx = (x - bloom.x) / bloom.radius;
    const float dy = (y - bloom.y) / (bloom.radius * 0.92F);
    const float distance = std::hypot(dx, dy);
    if (distance > 1.35F) {
        return behind;
    }
    const float angle = std::atan2(dy, dx) + bloom.turn;
    Colour colour = behind;
    for (int ring = 0; ring < 3; ++ring) { // outer petals first
        const float size = 1.0F - 0.27F * static_cast<float>(ring);
        const float lobe = std::abs(
            std::sin(angle * 0.5F * static_cast<float>(bloom.petals) + static_cast<float>(ring) * 1.1F));
        const float rim = size * (0.66F + 0.34F * std::pow(lobe, 0.6F));
        const float shade = 0.62F + 0.38F * distance / rim - 0.24F * (dx + dy)
            + 0.12F * static_cast<float>(ring) + 0.08F * m_noise.at(angle * 7, distance * 6);
        const Colour petal = bloom.petal * mix(m_shade, m_light, std::clamp(shade, 0.0F, 1.1F));
        colour = mix(colour, petal, smoothStep(rim + 0.05F, rim - 0.05F, distance));
    }
    return mix(colour, fromHex(0xD9A032) * m_light * (0.8F - 0.3F * dy), smoothStep(0.24F, 0.16F, distance));
}

Colour StillLife::overStems(const Colour& behind, float x, float y) const
{
    const float mouth = m_vaseFoot - m_vaseHeight;
    Colour colour = behind;
    for (const Bloom& bloom : m_blooms) {
        const float t = (mouth + 0.02F - y) / (mouth + 0.02F - bloom.y);
        if (t < 0 || t > 1) {
            continue;
        }
        const float sx = m_vaseX + (bloom.x - m_vaseX) * t * (0.55F + 0.45F * t);
        const Colour green = mix(fromHex(0x3E5F38), fromHex(0x7D9A52), t) * mix(m_shade, m_light, 0.75F);
        colour = mix(colour, green, smoothStep(0.0042F, 0.0022F, std::abs(x - sx)));
        // A leaf half way up.
        const float lx = (x - sx - 0.028F * (bloom.turn > 3.1F ? 1.0F : -1.0F)) / 0.036F;
        const float ly = (t - 0.5F) / 0.16F + lx * (bloom.turn > 3.1F ? 0.8F : -0.8F);
        colour = mix(colour, green * (0.85F + 0.2F * lx), smoothStep(1.0F, 0.86F, lx * lx + ly * ly * 1.6F));
    }
    return colour;
}

float StillLife::shadowAt(float x, float y) const
{
    float shadow = 0;
    for (const Ball& ball : m_fruit) {
        const float dx = (x - ball.x - ball.radius * 0.55F) / (ball.radius * 1.45F);
        const float dy = (y - ball.y - ball.radius * 0.88F) / (ball.radius * 0.42F);
        shadow = std::max(shadow, smoothStep(1.3F, 0.2F, std::hypot(dx, dy)));
    }
    const float dx = (x - m_vaseX - 0.11F) / 0.21F;
    const float dy = (y - m_vaseFoot - 0.004F) / 0.042F;
    return std::max(shadow, smoothStep(1.25F, 0.25F, std::hypot(dx, dy)));
}

Colour StillLife::at(float x, float y) const
{
    const float bx = x + 0.0020F * m_noise.at(x * 70, y * 70);
    const float by = y + 0.0020F * m_noise.at(x * 70 + 30, y * 70);
    const float rim = m_edge + 0.003F * m_noise.at(bx * 4);
    Colour colour = wall(bx, by);
    if (by > rim - 0.01F) {
        const Colour cloth = mix(table(bx, by), m_shade * 0.55F, 0.62F * shadowAt(bx, by));
        colour = mix(colour, cloth, smoothStep(rim - edge, rim + edge, by));
    }
    colour = overStems(colour, bx, by);
    for (const Bloom& bloom : m_blooms) {
        colour = overBloom(colour, bloom, bx, by);
    }
    bool isVaseDrawn = false;
    for (const Ball& ball : m_fruit) {
        if (!isVaseDrawn && ball.y + ball.radius > m_vaseFoot) {
            colour = overVase(colour, bx, by);
            isVaseDrawn = true;
        }
        colour = overBall(colour, ball, bx, by);
    }
    return isVaseDrawn ? colour : overVase(colour, bx, by);
}

} // namespace gesso::demo
