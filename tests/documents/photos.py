"""Photos of papers as people hand them in: printed with number and date, stamped in red, askew, yellowish and noisy."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FONTS = Path(__file__).parents[1] / "data" / "fonts"
RED = (205, 35, 45)
BODY = (
    "Thực hiện Thông báo kết luận số 718/TB-SCT của Giám đốc Sở,",
    "Sở Công Thương kính trình Ủy ban nhân dân tỉnh xem xét, phê duyệt",
    "Kế hoạch triển khai Đề án phát triển thương mại điện tử năm 2023",
    "với các nội dung chủ yếu như sau: tổ chức tập huấn cho doanh nghiệp,",
    "hỗ trợ đưa sản phẩm lên sàn giao dịch, bố trí kinh phí thực hiện.",
)


@lru_cache(maxsize=8)
def _font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / ("DejaVuSerif-Bold.ttf" if bold else "DejaVuSerif.ttf")), size)


@dataclass(frozen=True)
class Paper:
    """What stands on the first page."""

    number: str = "45/TTr-SCT"
    dated: str = "Quảng Ngãi, ngày 27 tháng 4 năm 2023"
    title: str = "TỜ TRÌNH"
    body: tuple[str, ...] = BODY
    stamp: str | None = None
    stamp_turned: float = 3.0
    stamp_colour: tuple[int, int, int] = RED
    seal: bool = False

    def drawn(self) -> Image.Image:
        """The page as it comes from a printer and a stamp pad."""
        page = Image.new("RGB", (1240, 1754), "white")
        draw = ImageDraw.Draw(page)
        for left, top, text, bold in (
            (120, 110, "UBND TỈNH QUẢNG NGÃI", False),
            (150, 145, "SỞ CÔNG THƯƠNG", True),
            (620, 110, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
            (720, 145, "Độc lập - Tự do - Hạnh phúc", True),
            (170, 220, f"Số: {self.number}", False),
            (690, 220, self.dated, False),
            (540, 330, self.title, True),
        ):
            draw.text((left, top), text, "black", _font(22 if text.isupper() else 26, bold=bold))
        for row, line in enumerate(self.body):
            draw.text((120, 420 + row * 48), line, "black", _font(27))
        if self.stamp is not None:
            self._stamp(page, self.stamp)
        if self.seal:
            draw.ellipse((760, 1250, 1000, 1490), outline=RED, width=7)
            draw.ellipse((800, 1290, 960, 1450), outline=RED, width=4)
            draw.text((815, 1350), "SỞ CÔNG", RED, _font(28, bold=True))
        return page

    def _stamp(self, page: Image.Image, words: str) -> None:
        font = _font(40, bold=True)
        width, height = (round(side) for side in font.getbbox(words)[2:])
        ink = Image.new("L", (width + 48, height + 32), 0)
        draw = ImageDraw.Draw(ink)
        draw.rectangle((2, 2, ink.width - 3, ink.height - 3), outline=255, width=5)
        draw.text((24, 12), words, 255, font)
        turned = ink.rotate(self.stamp_turned, Image.Resampling.BICUBIC, expand=True)
        page.paste(Image.new("RGB", turned.size, self.stamp_colour), (150, 262), turned)


def photographed(page: Image.Image, *, askew: float = 1.7, noise: float = 14.0, blur: float = 0.6) -> Image.Image:
    """The page as a phone sees it: askew, yellowish, a shadow across it, the sensor's noise over all."""
    shadow = Image.linear_gradient("L").resize(page.size).point(lambda dark: 120 + dark * 120 // 255)
    turned = page.rotate(askew, Image.Resampling.BICUBIC, fillcolor="white").filter(ImageFilter.GaussianBlur(blur))
    lit = Image.composite(turned, Image.new("RGB", page.size, (75, 64, 42)), shadow)
    grain = Image.effect_noise(page.size, noise).convert("RGB")
    return Image.blend(lit, grain, 0.12)


@lru_cache(maxsize=32)
def photo(paper: Paper) -> bytes:
    """The photo of a paper as a messenger carries it, taken once."""
    return as_jpeg(photographed(paper.drawn()))


def as_jpeg(picture: Image.Image, quality: int = 80) -> bytes:
    """The bytes a messenger carries."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def as_pdf(picture: Image.Image, *more: Image.Image) -> bytes:
    """The bytes of a scanner, a page for each picture."""
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=150, save_all=True, append_images=more)
    return out.getvalue()
