"""Mail services that anybody can open an address at, without any organisation behind it. Only for a hint."""

from __future__ import annotations

SERVICES = """
gmail.com googlemail.com yahoo.co.jp yahoo.com ymail.ne.jp ybb.ne.jp outlook.jp outlook.com
hotmail.co.jp hotmail.com live.jp live.com msn.com icloud.com me.com mac.com aol.com aol.jp
proton.me protonmail.com gmx.com gmx.net mail.com zoho.com excite.co.jp infoseek.jp goo.jp nifty.com
biglobe.ne.jp ocn.ne.jp so-net.ne.jp plala.or.jp docomo.ne.jp ezweb.ne.jp au.com softbank.ne.jp
i.softbank.jp vodafone.ne.jp rakuten.jp ymobile.ne.jp y-mobile.ne.jp uqmobile.jp qq.com 163.com
126.com naver.com daum.net
"""
FREE = frozenset(SERVICES.split())


def is_free(email: str) -> bool:
    """Whether an address is at such a service.

    >>> is_free("abe@gmail.com"), is_free("abe@sakura.example.jp")
    (True, False)
    """
    return email.rpartition("@")[2].lower() in FREE
